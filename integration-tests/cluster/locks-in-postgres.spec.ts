import { checkoutsAtOnce } from "./checkouts-at-once.suite"
import { killedMembers } from "./killed-members.suite"
import { messagesAtOnce } from "./messages-at-once.suite"
import { nextVersionsTables } from "./next-versions-tables.suite"
import { describeCluster } from "./support/cluster-shop"

describeCluster("postgres", (shop) => {
  nextVersionsTables(shop)
  messagesAtOnce(shop)
  killedMembers(shop)
  checkoutsAtOnce(shop)
})
