/** A program with a server, for specs that kill it: prints the server's address and stays. */
import { startPostgres } from "../index.mjs"

const { url } = await startPostgres(JSON.parse(process.argv[2] ?? "{}"))
process.stdout.write(`${url}\n`)
setInterval(() => {}, 60_000)
