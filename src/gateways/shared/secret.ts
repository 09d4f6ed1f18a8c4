import { inspect } from "node:util"

const MASK = "***"

/**
 * A string that must not be printed: a key, a password, a token.
 *
 * However it is logged, concatenated, serialised or enumerated it shows `***`; only `reveal()`
 * gives the text, so that every place which needs it can be found by searching for that word.
 */
export class Secret {
  // A true private field: Object.keys, spread, structured clone and inspect can't see it.
  readonly #value: string

  private constructor(value: string) {
    this.#value = value
  }

  static of(value: string): Secret {
    return new Secret(value)
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return MASK
  }

  toJSON(): string {
    return MASK
  }

  [inspect.custom](): string {
    return MASK
  }
}
