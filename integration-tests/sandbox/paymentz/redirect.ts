import type { PaymentzContext } from "./context"
import type { PaymentzPayment } from "./payment"

export const REDIRECT_PARAMETER = "transactionRef"

/** How the shopper gets to the bank or to the issuer's 3-D Secure: "redirected with provided parameters". */
export interface Redirect {
  /** Without the parameters. */
  readonly url: string
  readonly method: "GET" | "POST"
  readonly target: string
  readonly parameters: readonly { readonly name: string; readonly value: string }[]
}

export function redirectTo(
  { pageUrl }: Pick<PaymentzContext, "pageUrl">,
  payment: PaymentzPayment,
  method: Redirect["method"]
): Redirect {
  return {
    url: pageUrl(payment),
    method,
    target: "_self",
    parameters: [{ name: REDIRECT_PARAMETER, value: payment.paymentId }],
  }
}
