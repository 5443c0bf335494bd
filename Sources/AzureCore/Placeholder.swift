// AzureCore
