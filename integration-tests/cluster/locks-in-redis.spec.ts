import { checkoutsAtOnce } from "./checkouts-at-once.suite"
import { jobsOnce } from "./jobs-once.suite"
import { killedMembers } from "./killed-members.suite"
import { messagesAtOnce } from "./messages-at-once.suite"
import { sharedKnowledge } from "./shared-knowledge.suite"
import { describeCluster } from "./support/cluster-shop"

describeCluster("redis", (shop) => {
  messagesAtOnce(shop)
  killedMembers(shop)
  // Medusa's locks have no part in these two.
  sharedKnowledge(shop)
  jobsOnce(shop)
  checkoutsAtOnce(shop)
})
