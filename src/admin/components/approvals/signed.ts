import type { Signed } from "./api"

/**
 * What an approval signs, by the names under which the page shows it; of the account by `account.` and the provider's
 * name of the field. What is not known is left out.
 */
export function signedValues({ transfer, account }: Signed): Map<string, string> {
  const { beneficiary } = transfer
  const said: Record<string, string | null | undefined> = {
    name: beneficiary?.name,
    phone: beneficiary?.phone,
    email: beneficiary?.email,
    purpose: transfer.purpose,
    ...Object.fromEntries(
      Object.entries(account ?? {}).map(([name, value]) => [`account.${name}`, value])
    ),
  }
  return new Map(Object.entries(said).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

/** A value that is not what somebody saw before. */
export type Change = { name: string; before: string | undefined; after: string | undefined }

/** What changed since somebody looked. */
export function changesBetween(before: Signed, after: Signed): Change[] {
  const [seen, now] = [signedValues(before), signedValues(after)]
  return [...new Set([...seen.keys(), ...now.keys()])].flatMap((name) => {
    const change = { name, before: seen.get(name), after: now.get(name) }
    return change.before === change.after ? [] : [change]
  })
}
