import { payoutWorkflow, type ByActor } from "./payout-workflow"

export type PausePayoutsInput = ByActor & { reason: string }

/** Nothing is sent any more once this has run, on any server, until somebody resumes. */
export const pausePayoutsWorkflow = payoutWorkflow(
  "pause-payouts",
  async (payouts, who, { reason }: PausePayoutsInput) => await payouts.pauseSending(reason, who)
)

export type ResumePayoutsInput = ByActor & { note: string }

/**
 * Ends the pause. The gateways are asked first about what was approved before it.
 *
 * @throws MedusaError conflict where nothing is paused
 */
export const resumePayoutsWorkflow = payoutWorkflow(
  "resume-payouts",
  async (payouts, who, { note }: ResumePayoutsInput) => {
    await payouts.resumeSending(note, who)
    return {}
  }
)
