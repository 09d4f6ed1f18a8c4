const code =
  /^(transfer|transfer[ _-]?serial[ _-]?no)[ _-](not[ _-](found|exists?)|does[ _-]not[ _-]exist)$/i
const statement =
  /^(there is no (such )?transfer( with this transferSerialNo)?|(the |this )?transfer(SerialNo)? (was |is )?(not found|not exist|does not exist|doesn't exist))[.!]?$/i

/**
 * Assumption: Mocasa publishes no code for a transfer that it does not know, so that only a code or a whole
 * sentence that says just that counts as one. Any other refusal of a question tells nothing about the
 * transfer.
 */
export function saysNoSuchTransfer(said: { code?: string; message?: string }): boolean {
  return code.test(said.code ?? "") || statement.test(said.message?.trim() ?? "")
}
