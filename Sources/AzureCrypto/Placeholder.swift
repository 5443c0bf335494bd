// AzureCrypto
