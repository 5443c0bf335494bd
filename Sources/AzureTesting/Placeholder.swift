// AzureTesting
