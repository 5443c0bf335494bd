#if Emulator
import ArgumentParser
import AzureEmulator
#endif
print("stub")
