"""The clients of 2017: azure-batch 4 and azure-storage, from before there was azure-storage-blob."""
from importlib.metadata import version

PACKAGE = "azure-batch"
VERSION = version(PACKAGE)


def public_methods():
    """What the tutorial calls, and no more: these clients are a witness of old requests and answers."""
    return {
        "blob.create_container", "blob.create_blob_from_path", "blob.generate_blob_shared_access_signature",
        "blob.make_blob_url", "blob.generate_container_shared_access_signature", "blob.list_blobs",
        "blob.get_blob_to_path", "blob.delete_container", "pool.add", "pool.get", "pool.delete", "compute_node.list",
        "job.add", "job.delete", "task.add_collection", "task.list", "file.list_from_task", "file.get_from_task",
        "file.list_from_compute_node", "file.get_from_compute_node"}
