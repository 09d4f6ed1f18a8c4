import { isGatewayFailure } from "../errors"
import { createGatewayHttp } from "../http"

// A program of its own (address as its argument), for what node reads from the environment of the
// real process only: prints the reason why the call failed.
const http = createGatewayHttp({ gateway: "acme", baseUrl: process.argv[2] ?? "" })
http
  .send({ operation: "charge", method: "POST", path: "/charge", reads: false })
  .then(
    () => "it was answered",
    (error: unknown) => (isGatewayFailure(error) ? `${error.reason} ${error.causeCode}` : error)
  )
  .then(console.log)
  .finally(() => http.close())
