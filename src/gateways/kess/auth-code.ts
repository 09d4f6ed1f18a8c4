export { isWalletCode as isAuthCode } from "../shared/text"

/** Said in place of the code, which pays whoever has it. */
export const authCodeAdvice =
  "auth_code must be the code of the shopper's app: 18 digits from 10 to 15 on (WeChat Pay) or 17 to 24 " +
  "digits from 25 to 30 on (Alipay). Scan it again"
