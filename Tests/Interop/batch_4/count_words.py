"""The program of the tasks: counts the words of a text, and puts the most frequent ones into a container."""
import argparse
import collections
import os
import sys

from azure.storage.blob import BlockBlobService

parser = argparse.ArgumentParser()
parser.add_argument("--file", required=True)
parser.add_argument("--words", type=int, required=True)
parser.add_argument("--account", required=True)
parser.add_argument("--domain", required=True)
parser.add_argument("--container", required=True)
parser.add_argument("--token", required=True)
arguments = parser.parse_args()

with open(arguments.file, encoding="utf-8") as text:
    counts = collections.Counter(text.read().lower().split())
output = os.path.splitext(os.path.basename(arguments.file))[0] + "_OUTPUT.txt"
with open(output, "w", encoding="utf-8") as file:
    for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:arguments.words]:
        print("%s %d" % (word, count), file=file)
    print("node %s" % os.environ["AZ_BATCH_NODE_ID"], file=file)

client = BlockBlobService(
    account_name=arguments.account, sas_token=arguments.token, custom_domain=arguments.domain, protocol="http")
client.create_blob_from_path(arguments.container, output, output)
print("counted %s with Python %d" % (os.path.basename(arguments.file), sys.version_info.major))
