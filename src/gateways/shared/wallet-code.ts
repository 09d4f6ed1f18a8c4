/**
 * Assumption: these are the codes that a shopper's app shows, as the wallets publish theirs: WeChat Pay 18 digits
 * that begin with 10 to 15, Alipay up to 24 that begin with 25 to 30. Alipay's of 16 digits are left out, because
 * cards have numbers of that length which begin alike.
 */
const codes = [/^1[0-5]\d{16}$/, /^(?:2[5-9]|30)\d{15,22}$/]

/** Whether a text is the code of a shopper's WeChat Pay or Alipay, which pays whoever has it. */
export function isWalletCode(text: string): boolean {
  return codes.some((code) => code.test(text))
}
