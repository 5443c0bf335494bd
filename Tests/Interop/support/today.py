"""What an example asks for would be today: images come and go, pools of cloud services are gone, times pass."""
import copy
from datetime import datetime, timedelta, timezone

LINUX = {
    "imageReference": {"publisher": "canonical", "offer": "0001-com-ubuntu-server-jammy", "sku": "22_04-lts"},
    "nodeAgentSKUId": "batch.node.ubuntu 22.04",
}
WINDOWS = {
    "imageReference": {
        "publisher": "microsoftwindowsserver", "offer": "windowsserver", "sku": "2022-datacenter-g2"},
    "nodeAgentSKUId": "batch.node.windows amd64",
}


def of_today(body):
    """The body of a request with images that there are, and with times to come for those that have passed."""
    body = copy.deepcopy(body)
    for node in objects(body):
        if "nodeAgentSKUId" in node and "imageReference" in node:
            node.update(copy.deepcopy(WINDOWS if "windows" in node["nodeAgentSKUId"] else LINUX))
        if node.pop("cloudServiceConfiguration", None) is not None:
            node.update(virtualMachineConfiguration=copy.deepcopy(LINUX), vmSize="standard_d2s_v3")
        if "expiryTime" in node:
            node["expiryTime"] = (datetime.now(timezone.utc) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return body


def objects(node):
    """All objects in JSON, at any depth."""
    if isinstance(node, dict):
        yield node
        for value in list(node.values()):
            yield from objects(value)
    elif isinstance(node, list):
        for value in node:
            yield from objects(value)
