import Foundation

/// The answer to a query, byte for byte: three blocks with rows, progress, an error in a single row, and the end.
///
/// The reader of the official Python client reads it as the tests here do.
enum QueryAnswer {
    static let rows = "tom,7\nkitty,9\n"

    static let avro =
        Data(
            base64Encoded: """
                T2JqAQQWYXZyby5zY2hlbWGOClt7InR5cGUiOiJyZWNvcmQiLCJuYW1lIjoiY29tLm1pY3Jvc29mdC5henVyZS5zdG9yYWdlLnF1\
                ZXJ5QmxvYkNvbnRlbnRzLnJlc3VsdERhdGEiLCJmaWVsZHMiOlt7Im5hbWUiOiJkYXRhIiwidHlwZSI6ImJ5dGVzIn1dfSx7InR5\
                cGUiOiJyZWNvcmQiLCJuYW1lIjoiY29tLm1pY3Jvc29mdC5henVyZS5zdG9yYWdlLnF1ZXJ5QmxvYkNvbnRlbnRzLmVycm9yIiwi\
                ZmllbGRzIjpbeyJuYW1lIjoiZmF0YWwiLCJ0eXBlIjoiYm9vbGVhbiJ9LHsibmFtZSI6Im5hbWUiLCJ0eXBlIjoic3RyaW5nIn0s\
                eyJuYW1lIjoiZGVzY3JpcHRpb24iLCJ0eXBlIjoic3RyaW5nIn0seyJuYW1lIjoicG9zaXRpb24iLCJ0eXBlIjoibG9uZyJ9XX0s\
                eyJ0eXBlIjoicmVjb3JkIiwibmFtZSI6ImNvbS5taWNyb3NvZnQuYXp1cmUuc3RvcmFnZS5xdWVyeUJsb2JDb250ZW50cy5wcm9n\
                cmVzcyIsImZpZWxkcyI6W3sibmFtZSI6ImJ5dGVzU2Nhbm5lZCIsInR5cGUiOiJsb25nIn0seyJuYW1lIjoidG90YWxCeXRlcyIs\
                InR5cGUiOiJsb25nIn1dfSx7InR5cGUiOiJyZWNvcmQiLCJuYW1lIjoiY29tLm1pY3Jvc29mdC5henVyZS5zdG9yYWdlLnF1ZXJ5\
                QmxvYkNvbnRlbnRzLmVuZCIsImZpZWxkcyI6W3sibmFtZSI6InRvdGFsQnl0ZXMiLCJ0eXBlIjoibG9uZyJ9XX1dFGF2cm8uY29k\
                ZWMIbnVsbAAAAQIDBAUGBwgJCgsMDQ4PBB4AEnRvbSw3CmtpdAQU2AQAAQIDBAUGBwgJCgsMDQ4PBGYCACpJbnZhbGlkVHlwZUNv\
                bnZlcnNpb24iTm90IGEgbnVtYmVyOiAneCeLAQAKdHksOQoAAQIDBAUGBwgJCgsMDQ4PBBAE2ATYBAbYBAABAgMEBQYHCAkKCwwN\
                Dg8=
                """) ?? Data()
}
