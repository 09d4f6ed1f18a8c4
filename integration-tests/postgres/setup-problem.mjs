/**
 * Something about this machine, not about the code, keeps us from going on. The message is one or
 * two sentences for the person at the terminal: what is wrong and what to do. Print the message and
 * exit; a stack trace would only hide it.
 */
export class SetupProblem extends Error {
  /** @override */
  name = "SetupProblem"
}

/** The port is somebody else's. Worth another try with another port, where the caller did not choose it. */
export class PortTaken extends SetupProblem {
  /** @override */
  name = "PortTaken"

  /** @param {number} port */
  constructor(port) {
    super(
      `Port ${port} on localhost is taken: stop the program that listens there, or choose another port.`
    )
  }
}
