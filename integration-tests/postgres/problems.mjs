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

// What is known of something thrown. By its shape, not by `instanceof`: in jest, Node's own errors belong to another
// realm and are no `Error`.

/** @param {unknown} error @returns {string | undefined} such as "ENOENT", or PostgreSQL's "42P04" */
export function codeOf(error) {
  return isObject(error) && "code" in error ? String(error.code) : undefined
}

/** @param {unknown} error @returns {string} */
export function messageOf(error) {
  if (!isObject(error)) return String(error)
  // Refused on ::1 and on 127.0.0.1: Node gives one error without words that holds both.
  if ("errors" in error && Array.isArray(error.errors))
    return error.errors.map(messageOf).join(", ")
  return "message" in error ? String(error.message) : String(error)
}

/** @param {unknown} value @returns {value is object} */
function isObject(value) {
  return typeof value === "object" && value !== null
}
