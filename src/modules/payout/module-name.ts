/** In a file of its own, for those who need the name without loading the module's models. */
export const PAYOUT_MODULE = "payout"
