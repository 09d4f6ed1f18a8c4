/** What stands in an address as it is, whoever writes it: a blank, a slash, `?`, `#` or `%` would name another one. */
const usable = /^[a-z0-9][a-z0-9_.-]{0,63}$/i

/**
 * What is wrong with the `id` of a provider in medusa-config: it ends the addresses of its webhook and its return
 * route, and Medusa takes whatever it is given. The rest of a sentence that begins with "id"; undefined for what
 * can be used, and where there is none.
 */
export function providerIdProblem(id: unknown): string | undefined {
  if (id === undefined || id === "" || (typeof id === "string" && usable.test(id))) {
    return undefined
  }
  return (
    'must be a text of letters, digits, "-", "_" and ".", such as "main", of at most 64 characters: it ends the ' +
    "address of the provider's webhook, which would not be found with another"
  )
}

/** Of these names, such as `mocasa_main`, those that are there more than once. */
export function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
}
