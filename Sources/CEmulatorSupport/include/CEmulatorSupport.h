#ifndef AZURE_CEMULATOR_SUPPORT_H
#define AZURE_CEMULATOR_SUPPORT_H

#include <stdint.h>
#include <sys/types.h>

/// Makes this process the parent that orphaned descendants are handed to (1), or no longer (0).
/// Returns 0, or an errno value; ENOSYS where the system has no such thing.
int azure_set_child_subreaper(int enabled);

/// Reads whether this process is a child subreaper. Returns 0, or an errno value.
int azure_get_child_subreaper(int *enabled);

/// Sets the limit on file locks of a process, soft and hard. No kernel of today enforces that limit, but every
/// descendant inherits it, whatever it does to its environment, session or parents: that makes it a mark which cannot
/// be shaken off. Returns 0, or an errno value; ENOSYS where the system has no such thing.
int azure_set_lock_limit(pid_t process, uint64_t limit);

/// Reads the soft limit on file locks of a process, also of a zombie. Returns 0, or an errno value.
int azure_get_lock_limit(pid_t process, uint64_t *limit);

/// Gives the room of a part of a file back to the file system; the part then reads as zeros and the file keeps its
/// length. Returns 0, or an errno value; ENOSYS where the system has no such thing.
int azure_punch_hole(int descriptor, int64_t offset, int64_t length);

/// What the file system says of an entry.
struct azure_file_status {
    /// The kind and the permissions, as in `st_mode`.
    uint32_t mode;
    uint32_t owner;
    int64_t size;
    /// When it was changed last, since 1970.
    int64_t modified_seconds;
    int64_t modified_nanoseconds;
};

/// Reads what an entry of an open directory is (or any path, with AT_FDCWD), links followed or not. Without a name it is
/// the open file itself. Returns 0, or an errno value.
///
/// Swift sees the system's own structure as a member of whichever module it has met first, which is not the same in every
/// build.
int azure_get_file_status(int directory, const char *name, int follows_links, struct azure_file_status *status);

#endif
