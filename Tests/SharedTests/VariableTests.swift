import Shared
import Testing

@Suite("Variables of the environment")
struct VariableTests {
  @Test(
    "What Kubernetes sets for a service is told from settings by its shape",
    arguments: [
      ("APP_PORT", "tcp://10.96.0.1:8000", true), ("APP_PORT", "udp://[fd00::1]:53", true), ("APP_PORT", "8000", false),
      ("APP_PORT", "tcp://10.96.0.1", false), ("APP_PORT", "http://10.96.0.1:8000", false), ("APP_PORT", "tcp://:8000", false),
      ("APP_SERVICE_HOST", "10.96.0.1", true), ("APP_SERVICE_PORT", "8000", true), ("APP_SERVICE_PORT_HTTP", "8000", true),
      ("APP_SERVICE_TIME", "100ms", false), ("APP_PORT_8000_TCP", "tcp://10.96.0.1:8000", true),
      ("APP_PORT_8000_TCP_PROTO", "tcp", true), ("APP_PORT_8000_TCP_PORT", "8000", true), ("APP_PORT_8000_TCP_ADDR", "10.96.0.1", true),
      ("APP_PORT_8000_TCP", "yes", false), ("APP_PORT_X_TCP", "tcp://10.96.0.1:8000", false), ("APP_PORTS", "tcp://10.96.0.1:8000", false),
      // A service whose name is longer than ours.
      ("APP_METRICS_PORT", "tcp://10.96.0.1:9090", true), ("APP_METRICS_SERVICE_HOST", "10.96.0.1", true),
      ("OTHER_PORT", "tcp://10.96.0.1:8000", false),
    ])
  func serviceLinks(name: String, value: String, isOne: Bool) {
    #expect(ServiceLink.isOne(name, value: value, after: "APP_") == isOne)
  }

  @Test("A variable that is no setting is named, with the setting that it was probably meant to be, and without its value")
  func strangers() {
    let environment = [
      "APP_RATE": "1", "APP_RAT": "hunter2", "APP_WHATEVER_ELSE": "hunter2", "APP_SERVICE_HOST": "10.0.0.1", "APPLE": "1", "PATH": "/",
      "APP_B\nC": "1",
    ]
    let notes = StrangeVariables.notes(in: environment, prefix: "APP_", known: ["APP_RATE", "APP_USER_FILE"])
    #expect(
      notes == [
        "APP_B?C is set, and is no setting, so that it changes nothing", "APP_RAT is set, and is no setting: did you mean APP_RATE?",
        "APP_WHATEVER_ELSE is set, and is no setting, so that it changes nothing",
      ])
  }
}
