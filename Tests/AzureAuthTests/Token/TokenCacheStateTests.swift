import AzureCore
import Foundation
import Testing

@testable import AzureAuth

@Suite("Decisions of the token cache")
struct TokenCacheStateTests {
    private func moment(_ minutes: Double) -> Date { vectorDate.addingTimeInterval(minutes * 60) }

    /// What the state decides, as a text: the token or `wait`, and `+` when a refresh begins.
    private func ask(_ state: inout TokenCacheState, at minutes: Double) -> String {
        switch state.request(now: moment(minutes)) {
        case .use(let token, let refresh): token.token + (refresh ? "+" : "")
        case .wait(let begin): "wait" + (begin ? "+" : "")
        }
    }

    @Test("Without a token the first caller begins a refresh and the others wait for it")
    func empty() {
        var state = TokenCacheState()
        #expect(ask(&state, at: 0) == "wait+")
        #expect(ask(&state, at: 0) == "wait")
        state.refreshed(.token("a", minutes: 60))
        #expect(ask(&state, at: 0) == "a")
    }

    @Test("Five minutes before its end a token is replaced, while callers go on with it")
    func due() {
        var state = TokenCacheState()
        state.refreshed(.token("a", minutes: 60))
        #expect(ask(&state, at: 54.9) == "a")
        #expect(ask(&state, at: 55) == "a+")
        #expect(ask(&state, at: 56) == "a")
        state.refreshed(.token("b", minutes: 120))
        #expect(ask(&state, at: 56) == "b")
    }

    @Test("A token that says when to be replaced is replaced then")
    func refreshOn() {
        var state = TokenCacheState()
        state.refreshed(.token("a", minutes: 60, refreshAfter: 30))
        #expect(ask(&state, at: 29) == "a")
        #expect(ask(&state, at: 30) == "a+")
    }

    @Test("In the last half minute callers wait for a new token")
    func expired() {
        var state = TokenCacheState()
        state.refreshed(.token("a", minutes: 60))
        #expect(ask(&state, at: 59.4) == "a+")
        #expect(ask(&state, at: 59.5) == "wait")
        #expect(ask(&state, at: 61) == "wait")
    }

    @Test("After a failure the old token is used for half a minute before the next try")
    func failure() {
        var state = TokenCacheState()
        state.refreshed(.token("a", minutes: 60))
        #expect(ask(&state, at: 55) == "a+")
        #expect(state.failed(now: moment(55))?.token == "a")
        #expect(ask(&state, at: 55.4) == "a")
        #expect(ask(&state, at: 55.5) == "a+")
    }

    @Test("When a refresh fails in the last half minute, those who wait get the old token; later they do not")
    func lastSeconds() {
        var state = TokenCacheState()
        state.refreshed(.token("a", minutes: 60))
        #expect(ask(&state, at: 59.6) == "wait+")
        #expect(state.failed(now: moment(59.9))?.token == "a")
        #expect(ask(&state, at: 59.95) == "wait+")
        #expect(state.failed(now: moment(60)) == nil)
    }

    @Test("A refused token is forgotten; one that has come meanwhile is not")
    func invalidation() {
        var state = TokenCacheState()
        state.refreshed(.token("a", minutes: 60))
        state.invalidate("b")
        #expect(ask(&state, at: 0) == "a")
        state.invalidate("a")
        #expect(ask(&state, at: 0) == "wait+")
        #expect(state.failed(now: moment(0)) == nil)
        #expect(ask(&state, at: 0) == "wait+")
    }
}
