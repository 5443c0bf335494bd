#ifndef AZURE_CEMULATOR_SUPPORT_H
#define AZURE_CEMULATOR_SUPPORT_H

/// Makes this process the parent that orphaned descendants are handed to.
/// Returns 0, or an errno value; ENOSYS where the system has no such thing.
int azure_set_child_subreaper(void);

#endif
