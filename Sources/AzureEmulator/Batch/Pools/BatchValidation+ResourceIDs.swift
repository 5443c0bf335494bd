import AzureCore

/// The ids of other resources of Azure that a pool names. The emulated account has no subscription: each is taken for its
/// own, but for that of zeros, which is nobody's.
extension BatchValidation {
    /// The forms that the id of an image of one's own has, in the words of the service.
    private static let imageForms = [
        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute"
            + "/images/{imageName}",
        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute"
            + "/galleries/{galleryName}/images/{galleryImageName}/versions/{galleryImageVersionName}",
        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute"
            + "/galleries/{galleryName}/images/{galleryImageName}",
    ]
    /// The form of the id of a subnet.
    private static let subnetForm =
        "/subscriptions/{subscription}/resourceGroups/{group}/providers/{provider}/virtualNetworks/{network}"
        + "/subnets/{subnet}"
    private static let noSubscription = "00000000-0000-0000-0000-000000000000"

    /// Checks the image of one's own that a pool has.
    static func ownImage(_ reference: JSONValue) throws {
        let name = "virtualMachineImageId"
        guard let id = reference[name]?.string, !imageForms.contains(where: { has(id, form: $0) }) else { return }
        throw BatchServiceError.invalidProperty(
            name, id, "The specified resource id must be of the format \(imageForms.joined(separator: ", or "))")
    }

    /// Checks the network that the nodes of a pool are to be in.
    static func subnet(_ network: JSONValue?) throws {
        let name = "subnetId"
        guard let id = network?[name]?.string else { return }
        guard has(id, form: subnetForm) else {
            throw BatchServiceError.invalidProperty(
                name, id, "The specified resource id must be of the format \(subnetForm)")
        }
        guard !segments(id).contains(noSubscription[...]) else {
            throw BatchServiceError.invalidProperty(
                name, id, "The subnet is in a subscription that is not the one of the Batch account")
        }
    }

    /// Whether an id has a form: the same words in any case, and anything in place of what is in braces.
    private static func has(_ id: String, form: String) -> Bool {
        let (parts, words) = (segments(id), segments(form))
        guard parts.count == words.count else { return false }
        return zip(parts, words).allSatisfy { part, word in
            word.hasPrefix("{") ? !part.isEmpty : part.lowercased() == word.lowercased()
        }
    }

    private static func segments(_ id: String) -> [Substring] {
        id.split(separator: "/", omittingEmptySubsequences: false)
    }
}
