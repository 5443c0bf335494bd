#if Emulator
import Hummingbird
import Subprocess
import CEmulatorSupport
#endif
