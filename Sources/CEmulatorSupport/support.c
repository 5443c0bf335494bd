#include "CEmulatorSupport.h"

#include <errno.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

int azure_set_child_subreaper(void) {
#ifdef __linux__
    return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0 ? 0 : errno;
#else
    return ENOSYS;
#endif
}
