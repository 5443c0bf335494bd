import Foundation
import Testing

@testable import AzureEmulator

/// The witness is "Create a formula to automatically scale compute nodes in a Batch pool" of the service's
/// documentation, where nothing else is named.
@Suite("The language of autoscale formulas")
struct AutoscaleLanguageTests {
    @Test(
        "Operators take the types of the documented table",
        arguments: [
            ("1 + 2 * 3 - 4 / 8", "6.5"), ("(1 + 2) * 3", "9"), ("-2 * -3", "6"), ("--2", "2"), ("7 - 2 - 1", "4"),
            ("8 / 4 / 2", "1"), ("1e3 + .5", "1000.5"), ("1 / 3", "0.3333333333333333"),
            ("[1,2,3] + 1", "[2,3,4]"), ("[1,2] * [3,4]", "[3,8]"), ("[2,4] / 2", "[1,2]"),
            ("2 * TimeInterval_Minute", "00:02:00"), ("TimeInterval_Week * 2", "14.00:00:00"),
            ("TimeInterval_Hour / 8", "00:07:30"), ("-TimeInterval_Second", "-00:00:01"),
            ("TimeInterval_Day - TimeInterval_Hour", "23:00:00"),
            ("TimeInterval_100ns + TimeInterval_Millisecond + TimeInterval_Microsecond", "00:00:00.0010011"),
            ("TimeInterval_Zero", "00:00:00"), ("TimeInterval_Year", "365.00:00:00"),
            ("time() + TimeInterval_Hour", "2016-10-13T20:18:47.805Z"),
            ("TimeInterval_Day + time()", "2016-10-14T19:18:47.805Z"),
            ("time() - time(\"2016-10-13\")", "19:18:47.8050000"),
            ("time() == time(\"\")", "1"), ("time() < time(\"2016\")", "0"),
            ("TimeInterval_Hour > TimeInterval_Day", "0"),
            ("\"a\" < \"b\"", "1"), ("\"a\" != \"a\"", "0"), ("1 <= 1", "1"), ("2 >= 3", "0"), ("1 == 1.0", "1"),
        ])
    func operators(expression: String, expected: String) {
        #expect(AutoscaleFixture.value(of: expression) == expected)
    }

    @Test(
        "Operators refuse what the documented table has not, with the place of the operator",
        arguments: [
            ("1 + \"a\"", "double + string", 5), ("\"a\" + \"b\"", "string + string", 7),
            ("1 - [1]", "double - doubleVec", 5), ("[1] < 2", "doubleVec < double", 7),
            ("[1] == [1]", "doubleVec == doubleVec", 7),
            ("time() - TimeInterval_Hour", "timestamp - timeinterval", 10),
            ("time() + time()", "timestamp + timestamp", 10), ("time() * 2", "timestamp * double", 10),
            ("1 / TimeInterval_Hour", "double / timeinterval", 5),
            ("TimeInterval_Hour + 1", "timeinterval + double", 21),
            ("requeue == requeue", "nodeDeallocationOption == nodeDeallocationOption", 11),
        ])
    func refusedOperands(expression: String, operands: String, column: Int) {
        #expect(
            AutoscaleFixture.value(of: expression)
                == "evaluation Line 1, Col \(column): Incorrect operands: \(operands)")
    }

    @Test(
        "Conditions are numbers of which all but 0 are true",
        arguments: [
            ("1 < 2 && 2 < 3", "1"), ("0 || 7", "1"), ("!0", "1"), ("!5", "0"), ("!!5", "1"), ("5 && 3", "1"),
            ("1 || 0 && 0", "1"), ("1 == 2 == 0", "1"), ("1 + 1 == 2 && 3 > 2", "1"),
            ("2 ? 10 : 20", "10"), ("0 ? 10 : 20", "20"), ("0 ? 1 : 0 ? 2 : 3", "3"), ("1 ? 0 ? 1 : 2 : 3", "2"),
            ("1 + 1 ? 5 : 6", "5"), ("(0 ? [1] : [2]) + 1", "[3]"),
        ])
    func conditions(expression: String, expected: String) {
        #expect(AutoscaleFixture.value(of: expression) == expected)
    }

    @Test("What a condition decides against is not evaluated, as formulas that ask for samples first rely on")
    func lazy() {
        let missing = "$ActiveTasks.GetSample(TimeInterval_Minute, 90)"
        #expect(AutoscaleFixture.value(of: "0 ? \(missing) : 1") == "1")
        #expect(AutoscaleFixture.value(of: "1 ? 2 : \(missing)") == "2")
        #expect(AutoscaleFixture.value(of: "0 && min(\(missing))") == "0")
        #expect(AutoscaleFixture.value(of: "1 || min(\(missing))") == "1")
        #expect(AutoscaleFixture.value(of: "1 && min(\(missing))").hasPrefix("insufficientSamples"))
    }

    @Test(
        "Functions",
        arguments: [
            ("avg(1, 2, 3)", "2"), ("avg([1,2,3], 7)", "3.25"), ("len([1,2], 3)", "3"), ("len()", "0"),
            ("lg(8)", "3"), ("lg(vec(8))", "[3]"), ("lg(8, 2)", "[3,1]"), ("ln(1)", "0"), ("log(1000)", "3"),
            ("log([10,100])", "[1,2]"), ("max(1, [5,2])", "5"), ("min(4, [5,2])", "2"), ("norm(3, 4)", "5"),
            ("percentile([4,1,3,2], 50)", "2"), ("percentile([4,1,3,2], 100)", "4"), ("percentile([4,1,3,2], 0)", "1"),
            ("rand()", "0.25"), ("range(4, [9,1])", "8"), ("std(2, 4, 4, 4, 5, 5, 7, 9)", "2.138089935299395"),
            ("std(1)", "0"), ("sum()", "0"), ("sum(1, [2,3])", "6"), ("val([4,5,6], 2)", "6"),
            ("round(2.5)", "3"), ("round(-2.5)", "-3"), ("ceil(1.1)", "2"), ("floor([1.9,-1.1])", "[1,-2]"),
            ("vec(1, [2])", "[1,2]"), ("[1,[2]]", "[1,2]"), ("len(vec())", "0"),
        ])
    func functions(expression: String, expected: String) {
        #expect(AutoscaleFixture.value(of: expression) == expected)
    }

    @Test(
        "Functions refuse other arguments, with the place of the parenthesis",
        arguments: [
            ("avg()", 6, "No values: avg()"), ("max(\"a\")", 6, "Incorrect arguments: max(string)"),
            ("val([1], 1)", 6, "Index out of range: 1 of 1"), ("val([1], -1)", 6, "Index out of range: -1 of 1"),
            ("val([1], 1e300)", 6, "Index out of range: 1e+300 of 1"),
            ("val(1, 0)", 6, "Incorrect arguments: val(double, double)"),
            ("percentile([1], 101)", 13, "Percentile out of range: 101 of 1"),
            ("percentile(vec(), 50)", 13, "Percentile out of range: 50 of 0"),
            ("rand(1)", 7, "Incorrect arguments: rand(double)"), ("stop(1)", 7, "Incorrect arguments: stop(double)"),
            ("time(1)", 7, "Incorrect arguments: time(double)"),
        ])
    func refusedArguments(expression: String, column: Int, reason: String) {
        #expect(
            AutoscaleFixture.value(of: expression) == "evaluation Line 1, Col \(column): \(reason)")
    }

    @Test(
        "Times in the forms of W3C-DTF and RFC 1123",
        arguments: [
            ("2016", "2016-01-01T00:00:00.000Z"), ("2016-10", "2016-10-01T00:00:00.000Z"),
            ("2016-02-29", "2016-02-29T00:00:00.000Z"), ("2016-10-13T19:18Z", "2016-10-13T19:18:00.000Z"),
            ("2016-10-13T19:18:47+02:00", "2016-10-13T17:18:47.000Z"),
            ("2016-10-13T19:18:47.5-01:30", "2016-10-13T20:48:47.500Z"),
            // Nextflow writes its formulas with six digits of a second.
            ("2023-04-14T09:40:24.288356Z", "2023-04-14T09:40:24.288Z"),
            ("Thu, 13 Oct 2016 19:18:47 GMT", "2016-10-13T19:18:47.000Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"),
            ("1969-12-31T23:59:59.9Z", "1969-12-31T23:59:59.900Z"),
        ])
    func times(text: String, expected: String) {
        #expect(AutoscaleFixture.value(of: "time(\"\(text)\")") == expected)
    }

    @Test(
        "Texts that are no times; nine digits of a second are none to the service, as users of Nextflow found",
        arguments: [
            "yesterday", "2016-13", "2016-02-30", "2016-10T10:00Z", "2016-10-13T19:18:47", "2016-10-13T24:00Z", "0000",
            "2023-04-14T09:40:24.288356123Z", "2016-10-13T", "2016-10-13T10:00:61Z", "20161", " ",
        ])
    func noTimes(text: String) {
        #expect(
            AutoscaleFixture.value(of: "time(\"\(text)\")")
                == "evaluation Line 1, Col 7: The string is neither a W3C-DTF nor an RFC 1123 date")
    }

    @Test("Members of a time; Monday is day 1 of the week and Sunday day 0")
    func members() {
        let members = ["year", "month", "day", "weekday", "hour", "minute", "second"]
        #expect(
            members.map { AutoscaleFixture.value(of: "time().\($0)") } == ["2016", "10", "13", "4", "19", "18", "47"])
        #expect(AutoscaleFixture.value(of: "time(\"2016-10-10\").weekday") == "1")
        #expect(AutoscaleFixture.value(of: "time(\"2016-10-16\").weekday") == "0")
        #expect(AutoscaleFixture.value(of: "-time().hour") == "-19")
        #expect(
            AutoscaleFixture.value(of: "time().week") == "evaluation Line 1, Col 10: No such member: timestamp.week")
        #expect(AutoscaleFixture.value(of: "(5).year") == "evaluation Line 1, Col 7: No such member: double.year")
    }

    @Test(
        "Arithmetic out of range is an error and ends no process",
        arguments: [
            ("TimeInterval_Year * 1e300", "The timeinterval is out of range"),
            ("TimeInterval_Year / 0", "The timeinterval is out of range"),
            ("TimeInterval_Year * 29000 + TimeInterval_Year * 29000", "The timeinterval is out of range"),
            ("time() + TimeInterval_Year * 20000", "The timestamp is out of range"),
            ("TimeInterval_Year * -20000 + time()", "The timestamp is out of range"),
        ])
    func outOfRange(expression: String, reason: String) {
        #expect(AutoscaleFixture.value(of: expression).hasSuffix(reason))
    }

    @Test(
        "What breaks the grammar is found with its place",
        arguments: [
            ("x = ", 1, 5, "Expected an expression, found the end of the formula"),
            ("x = 1 2", 1, 7, "Expected ';', found the number 2"),
            ("x = (1", 1, 7, "Expected ')', found the end of the formula"),
            ("x = 1 ? 2", 1, 10, "Expected ':', found the end of the formula"),
            ("x = 1;\ny = @", 2, 5, "Unexpected character"), ("x = \"a", 1, 5, "The text has no closing quote"),
            ("x = $", 1, 5, "A name must follow '$'"), ("x = 1e999", 1, 5, "The number is too large"),
            ("x = 5a", 1, 5, "A number must not run into a name"),
            ("1 = 2", 1, 3, "Expected ';', found '='"), ("x = avg(1,)", 1, 11, "Expected an expression, found ')'"),
            ("x = 1 & 2", 1, 7, "Unexpected character"),
            ("x = time().now()", 1, 12, "Only variables of the service have methods"),
            ("// α β\nx = ]", 2, 5, "Expected an expression, found ']'"),
            ("/* a */ x", 1, 1, "Expected an expression, found '/'"),
            ("x = \"αβ\" \"b\"", 1, 10, "Expected ';', found a text"),
        ])
    func syntax(formula: String, line: Int, column: Int, reason: String) throws {
        let error = #expect(throws: AutoscaleError.self) { try AutoscaleFormula(formula) }
        #expect(error == .syntax(AutoscalePosition(line: line, column: column), reason))
        #expect(error?.code == "AutoScalingFormulaSyntaxError")
    }

    @Test("Comments run to the end of their line, and the last semicolon may be missing")
    func comments() throws {
        let evaluation = try AutoscaleFixture.evaluate("// first\n;;$a=1; // second; $a=2;\r\n$b = $a+1 //")
        #expect(evaluation.results.hasSuffix(";$a=1;$b=2") && evaluation.error == nil)
        #expect(try AutoscaleFormula("").steps.isEmpty)
    }
}
