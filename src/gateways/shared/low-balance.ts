const code =
  /^((merchant|account|payout|payer|wallet)_)?(((balance|funds?)_(is_|are_)?(not_enough|insufficient|too_low|low))|((insufficient|not_enough|low|no)_(account_|merchant_|wallet_)?(balance|funds?)))$/i

const statement =
  /^(the )?((merchant|account|payer|wallet|available|your)('s)? )*((balance|funds?) (is |are )?(not enough|insufficient|too low)|(insufficient|not enough) (account |merchant |wallet |available )?(balance|funds?))( (for|to make) (this|the) (payout|transfer|transaction|payment))?[.!]?$/i

/**
 * Whether a refusal says that there is too little to send, and nothing else.
 *
 * Assumption: no gateway's pages name a code for it, so that only a code or a whole sentence that says just that counts.
 * Who refuses for that reason has sent nothing, and will not: no vendor writes that a payout waits for a balance.
 */
export function saysLowBalance(gatewayError: {
  code?: string | number | null
  message?: string | null
}): boolean {
  return [gatewayError.code, gatewayError.message]
    .map((text) => String(text ?? "").trim())
    .some((text) => code.test(text.replaceAll(/[ -]/g, "_")) || statement.test(text))
}
