#ifdef __linux__
#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 64
#endif

#include "CEmulatorSupport.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/stat.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

int azure_set_child_subreaper(int enabled) {
#ifdef __linux__
    return prctl(PR_SET_CHILD_SUBREAPER, enabled, 0, 0, 0) == 0 ? 0 : errno;
#else
    (void)enabled;
    return ENOSYS;
#endif
}

int azure_get_child_subreaper(int *enabled) {
#ifdef __linux__
    return prctl(PR_GET_CHILD_SUBREAPER, enabled, 0, 0, 0) == 0 ? 0 : errno;
#else
    (void)enabled;
    return ENOSYS;
#endif
}

int azure_set_lock_limit(pid_t process, uint64_t limit) {
#ifdef __linux__
    struct rlimit value = { .rlim_cur = limit, .rlim_max = limit };
    return prlimit(process, RLIMIT_LOCKS, &value, NULL) == 0 ? 0 : errno;
#else
    (void)process;
    (void)limit;
    return ENOSYS;
#endif
}

int azure_get_lock_limit(pid_t process, uint64_t *limit) {
#ifdef __linux__
    struct rlimit value;
    if (prlimit(process, RLIMIT_LOCKS, NULL, &value) != 0) return errno;
    *limit = value.rlim_cur;
    return 0;
#else
    (void)process;
    (void)limit;
    return ENOSYS;
#endif
}

int azure_punch_hole(int descriptor, int64_t offset, int64_t length) {
#ifdef __linux__
    return fallocate(descriptor, FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE, offset, length) == 0 ? 0 : errno;
#else
    (void)descriptor;
    (void)offset;
    (void)length;
    return ENOSYS;
#endif
}

int azure_get_file_status(int directory, const char *name, int follows_links, struct azure_file_status *status) {
    struct stat found;
    int result = name ? fstatat(directory, name, &found, follows_links ? 0 : AT_SYMLINK_NOFOLLOW)
                      : fstat(directory, &found);
    if (result != 0) return errno;
    status->mode = (uint32_t)found.st_mode;
    status->owner = (uint32_t)found.st_uid;
    status->size = (int64_t)found.st_size;
#ifdef __APPLE__
    status->modified_seconds = (int64_t)found.st_mtimespec.tv_sec;
    status->modified_nanoseconds = (int64_t)found.st_mtimespec.tv_nsec;
#else
    status->modified_seconds = (int64_t)found.st_mtim.tv_sec;
    status->modified_nanoseconds = (int64_t)found.st_mtim.tv_nsec;
#endif
    return 0;
}
