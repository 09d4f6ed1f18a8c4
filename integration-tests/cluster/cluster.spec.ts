import { checkoutsAtOnce } from "./checkouts-at-once.suite"
import { jobsOnce } from "./jobs-once.suite"
import { killedMembers } from "./killed-members.suite"
import { messagesAtOnce } from "./messages-at-once.suite"
import { sharedKnowledge } from "./shared-knowledge.suite"
import { describeCluster } from "./support/cluster-shop"

jest.setTimeout(300_000)

// The Medusa of this process leaves all jobs to the cluster's worker.
process.env.MEDUSA_WORKER_MODE = "server"

afterAll(() => {
  delete process.env.MEDUSA_WORKER_MODE
})

describeCluster((shop, locking) => {
  messagesAtOnce(shop)
  killedMembers(shop)
  checkoutsAtOnce(shop)
  // Medusa's locks have no part in these.
  if (locking === "redis") {
    sharedKnowledge(shop)
    jobsOnce(shop)
  }
})
