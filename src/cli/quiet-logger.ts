/**
 * Imported first: Medusa's logger reads its level when it is loaded, and what a shop's start would tell is nothing that a
 * command was asked for.
 */
process.env.LOG_LEVEL ??= "error"
