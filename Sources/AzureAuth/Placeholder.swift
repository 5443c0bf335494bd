// AzureAuth
