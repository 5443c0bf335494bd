/// A version of the Batch service that requests can be made in, in the order in which they came.
///
/// The cases have the number that the service gave its versions besides the date; the one that has none counts on.
enum BatchVersion: String, Sendable, CaseIterable, Comparable {
    case v4 = "2017-01-01.4.0"
    case v5 = "2017-05-01.5.0"
    case v5u1 = "2017-06-01.5.1"
    case v6 = "2017-09-01.6.0"
    case v6u1 = "2018-03-01.6.1"
    case v7 = "2018-08-01.7.0"
    case v8 = "2018-12-01.8.0"
    case v9 = "2019-06-01.9.0"
    case v10 = "2019-08-01.10.0"
    case v11 = "2020-03-01.11.0"
    case v12 = "2020-09-01.12.0"
    case v14 = "2021-06-01.14.0"
    case v15 = "2022-01-01.15.0"
    case v16 = "2022-10-01.16.0"
    case v17 = "2023-05-01.17.0"
    case v18 = "2023-11-01.18.0"
    case v19 = "2024-02-01.19.0"
    case v20 = "2024-07-01.20.0"
    case v21 = "2025-06-01"

    static let oldest = BatchVersion.v4
    /// The version whose shape everything behind the requests has.
    static let latest = BatchVersion.v21

    /// The dates at their beginning put them in order.
    static func < (left: BatchVersion, right: BatchVersion) -> Bool { left.rawValue < right.rawValue }
}
