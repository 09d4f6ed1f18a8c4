/** In a file of its own, for those who need the name without loading the module's models. */
export const PAYMENT_JOURNAL_MODULE = "payment_journal"
