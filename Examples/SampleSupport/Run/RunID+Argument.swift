public import ArgumentParser

extension RunID: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(argument)
    }
}
