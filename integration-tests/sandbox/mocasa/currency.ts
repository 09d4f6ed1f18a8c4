/** Assumption: pesos. Mocasa's calls carry no currency, and it is a Philippine lender. */
export const CURRENCY = "PHP"
export const PAYMENT_MODE = "Mocasa BNPL"
