import { checkoutsAtOnce } from "./checkouts-at-once.suite"
import { jobsOnce } from "./jobs-once.suite"
import { killedMembers } from "./killed-members.suite"
import { messagesAtOnce } from "./messages-at-once.suite"
import { nextVersionsTables } from "./next-versions-tables.suite"
import { sharedKnowledge } from "./shared-knowledge.suite"
import { describeCluster } from "./support/cluster-shop"

// No less than the patience of one that waits, and of several in a row on a machine that is busy.
jest.setTimeout(900_000)

// The Medusa of this process leaves all jobs to the cluster's worker.
process.env.MEDUSA_WORKER_MODE = "server"

afterAll(() => {
  delete process.env.MEDUSA_WORKER_MODE
})

describeCluster((shop, locking) => {
  if (locking === "postgres") {
    nextVersionsTables(shop)
  }
  messagesAtOnce(shop)
  killedMembers(shop)
  checkoutsAtOnce(shop)
  // Medusa's locks have no part in these.
  if (locking === "redis") {
    sharedKnowledge(shop)
    jobsOnce(shop)
  }
})
