"""Why the emulator refuses some of the examples of the specification."""
import re

EXPLANATIONS = (
    (r"cloudServiceConfiguration.*retired", "the service has retired pools of cloud services, in all versions"),
    (r"PoolNotEligibleForOSVersionUpgrade", "only pools of cloud services had a system to upgrade"),
    (r"OperationNotValidOnNode", "only nodes of cloud services had files for remote desktops"),
    (r"ubuntuserver 1[68].*not supported", "the image is not offered any more"),
    (r"(120_04-lts|ubuntuserver 20_04-lts).*not supported", "a slip of the example: there never was such an image"),
    (r"nodeAgentSKUId.*does not fit", "a slip of the example: its image is newer than its node agent"),
    (r"IncompleteExample: poolId", "a slip of the example: it names no pool, so it cannot be sent"),
    (r"expiryTime.*has passed", "the time has passed"),
)


def explanation(code, reason):
    """Why the service, too, would refuse what is refused with a code and a reason; none when that is not known."""
    for pattern, why in EXPLANATIONS:
        if re.search(pattern, "%s: %s" % (code, reason)):
            return why
    return None
