import { messagesAtOnce } from "./messages-at-once.suite"
import { describeCluster } from "./support/cluster-shop"

jest.setTimeout(300_000)

// The Medusa of this process leaves all jobs to the cluster's worker.
process.env.MEDUSA_WORKER_MODE = "server"

afterAll(() => {
  delete process.env.MEDUSA_WORKER_MODE
})

describeCluster(messagesAtOnce)
