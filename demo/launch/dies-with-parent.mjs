/**
 * Loaded into every child by `--import`. The channel to the parent closes however the parent ends, SIGKILL
 * included; a child that outlived it would keep its port and its database.
 */
process.once("disconnect", () => process.exit(1))
// Listening must not keep a child alive that has done its work.
process.channel?.unref()
