/// The format of the rows of a query, in the blob or in the response.
public struct BlobQueryFormat: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case csv(CSV), json(JSON), parquet, arrow([BlobQueryArrowField])
    }

    let kind: Kind

    /// Text with separated columns.
    public static func csv(_ format: CSV = CSV()) -> BlobQueryFormat { BlobQueryFormat(kind: .csv(format)) }

    /// JSON, one object a record.
    public static func json(_ format: JSON = JSON()) -> BlobQueryFormat { BlobQueryFormat(kind: .json(format)) }

    /// Apache Parquet; for the blob only.
    public static let parquet = BlobQueryFormat(kind: .parquet)

    /// The streaming format of Apache Arrow, with the types of the columns; for the answer only.
    public static func arrow(_ fields: [BlobQueryArrowField]) -> BlobQueryFormat {
        BlobQueryFormat(kind: .arrow(fields))
    }

    /// Text with separated columns.
    public struct CSV: Sendable, Hashable {
        /// The separator of columns. The default is a comma.
        public var columnSeparator: String
        /// The quotation mark of values that contain separators. The default is a double quote.
        public var quote: String
        /// The separator of records. The default is a line feed.
        public var recordSeparator: String
        /// The escape character of quotation marks in values. The default is none.
        public var escape: String
        /// Whether the first record contains the names of the columns. The default is false.
        public var hasHeaders: Bool

        /// Describes a format.
        public init(
            columnSeparator: String = ",", quote: String = "\"", recordSeparator: String = "\n", escape: String = "",
            hasHeaders: Bool = false
        ) {
            self.columnSeparator = columnSeparator
            self.quote = quote
            self.recordSeparator = recordSeparator
            self.escape = escape
            self.hasHeaders = hasHeaders
        }
    }

    /// JSON, one object a record.
    public struct JSON: Sendable, Hashable {
        /// The separator of records. The default is a line feed.
        public var recordSeparator: String

        /// Describes a format.
        public init(recordSeparator: String = "\n") {
            self.recordSeparator = recordSeparator
        }
    }

    /// What ends a record, in formats of text.
    var recordSeparator: String? {
        switch kind {
        case .csv(let format): format.recordSeparator
        case .json(let format): format.recordSeparator
        case .parquet, .arrow: nil
        }
    }
}

/// A column of an answer in Apache Arrow.
public struct BlobQueryArrowField: Sendable, Hashable {
    /// The type of the column.
    public var type: BlobQueryArrowType
    /// The name of the column. The default is that of the service.
    public var name: String?
    /// The precision of a decimal. The default is that of the service.
    public var precision: Int?
    /// The scale of a decimal. The default is that of the service.
    public var scale: Int?

    /// Describes a column.
    public init(_ type: BlobQueryArrowType, name: String? = nil, precision: Int? = nil, scale: Int? = nil) {
        self.type = type
        self.name = name
        self.precision = precision
        self.scale = scale
    }
}

/// The type of a column in Apache Arrow. More may be added.
public struct BlobQueryArrowType: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Creates a value from the service's spelling, which may be unknown to this version.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Integers of 64 bits.
    public static let int64 = BlobQueryArrowType(rawValue: "int64")
    /// Truth values.
    public static let bool = BlobQueryArrowType(rawValue: "bool")
    /// Times, in milliseconds.
    public static let timestampMilliseconds = BlobQueryArrowType(rawValue: "timestamp[ms]")
    /// Texts.
    public static let string = BlobQueryArrowType(rawValue: "string")
    /// Floating-point numbers of 64 bits.
    public static let double = BlobQueryArrowType(rawValue: "double")
    /// Decimal numbers.
    public static let decimal = BlobQueryArrowType(rawValue: "decimal")

    public var description: String { rawValue }
}
