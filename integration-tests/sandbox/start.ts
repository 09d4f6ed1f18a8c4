import { parseCommandLine } from "./command-line"
import { PortTakenError, startMocasaSandbox, type MocasaSandbox } from "./mocasa"

async function main(): Promise<void> {
  const sandbox = await startMocasaSandbox(parseCommandLine(process.argv.slice(2), process.env))
  console.log(howTo(sandbox))
  let isStopping = false
  const stop = () => {
    if (isStopping) return
    isStopping = true
    void sandbox.close()
  }
  process.on("SIGINT", stop)
  process.on("SIGTERM", stop)
}

function howTo({ url, credentials }: MocasaSandbox): string {
  return `
Mocasa sandbox   ${url}

  clientKey      ${credentials.clientKey}
  clientSecret   ${credentials.clientSecret}
  webhookSecret  ${credentials.webhookSecret}

A token, and an order with it:

  curl -s ${url}/auth/token/apply -d clientKey=${credentials.clientKey} -d clientSecret=${credentials.clientSecret}
  curl -s ${url}/payment/order/create -H "accessToken: <the accessToken>" \\
    -d orderNo=ORD1001 -d amount=100.00 -d productName=Coffee -d customerId=cus_1 \\
    -d returnUrl=http://localhost:8000/

Open the paymentLink in a browser to pay, or pay without one, and see what moved:

  curl -s -X POST ${url}/_sandbox/orders/ORD1001/pay
  curl -s ${url}/_sandbox/ledger

Where webhooks go, and a fault for the next query:

  curl -s ${url}/_sandbox/webhook -H "content-type: application/json" \\
    -d '{"url": "http://localhost:9000/hooks/payment/mocasa_mocasa"}'
  curl -s ${url}/_sandbox/faults -H "content-type: application/json" \\
    -d '{"kind": "answer-lost", "path": "/payment/order/query"}'

Ctrl-C ends it; its orders are then forgotten.
`
}

function explain(error: unknown): string {
  if (error instanceof PortTakenError) {
    return `${error.message}. Stop that program, or choose another port: npm run sandbox -- --port ${error.port + 1}`
  }
  return `The sandbox could not start: ${error instanceof Error ? error.message : String(error)}`
}

main().catch((error: unknown) => {
  console.error(explain(error))
  process.exitCode = 1
})
