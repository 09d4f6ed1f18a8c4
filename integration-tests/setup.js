const { Server } = require("node:net")
const { MetadataStorage } = require("@medusajs/framework/mikro-orm/core")

// Medusa's test runner boots several containers in one process; a stale registry makes the second one fail.
MetadataStorage.clear()

// The runner listens on all interfaces; nothing of a test run is anybody's but this machine's.
const listen = Server.prototype.listen
Server.prototype.listen = function listenOnLoopback(first, ...rest) {
  if (typeof first === "number" && typeof rest[0] !== "string") {
    return listen.call(this, first, "localhost", ...rest)
  }
  if (typeof first === "object" && first !== null && "port" in first && !first.host) {
    return listen.call(this, { ...first, host: "localhost" }, ...rest)
  }
  return listen.call(this, first, ...rest)
}
