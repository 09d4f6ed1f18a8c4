/**
 * Assumption: these are the codes that the shopper's app shows. The vendor shows only how one begins; the
 * wallets publish theirs: WeChat Pay 18 digits that begin with 10 to 15, Alipay up to 24 that begin with 25
 * to 30. Alipay's of 16 digits are left out, because cards have numbers of that length which begin alike.
 */
const codes = [/^1[0-5]\d{16}$/, /^(?:2[5-9]|30)\d{15,22}$/]

export function isAuthCode(text: string): boolean {
  return codes.some((code) => code.test(text))
}

/** Said in place of the code, which pays whoever has it. */
export const authCodeAdvice =
  "auth_code must be the code of the shopper's app: 18 digits from 10 to 15 on (WeChat Pay) or 17 to 24 " +
  "digits from 25 to 30 on (Alipay). Scan it again"
