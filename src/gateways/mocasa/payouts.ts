import type { z } from "zod"
import { exactAt, type DecimalString } from "../shared/money"
import { GatewayUnknownError } from "../shared/errors"
import { withoutGaps } from "../shared/request"
import {
  accountState,
  type MocasaAccountState,
  transferState,
  type MocasaTransferState,
} from "./statuses"
import type { MocasaClient } from "./client"
import { accountData, transferData } from "./messages"
import { mocasaErrors, saysNoSuchTransfer } from "./errors"

/** Mocasa, "Create Beneficiary". What is undefined is left out. */
export type MocasaNewAccount = {
  idType: string
  idNo: string
  beneficiaryName: string
  businessLicence: string
  shopName: string
  phone?: string
  email?: string
  businessScope?: string
  shopAddress?: string
}

export type MocasaAccount = {
  accountNo: string
  state: MocasaAccountState
  /** Mocasa's own status, null where it named none. */
  status: string | null
}

/** Mocasa, "Transfer": only between accounts of Mocasa's. */
export type MocasaNewTransfer = {
  transferSerialNo: string
  /** Pesos. */
  amount: DecimalString
  payeeAccountNo: string
  purpose: string
}

export type MocasaTransfer = {
  state: MocasaTransferState
  /** Mocasa's own status, null where it named none. */
  txStatus: string | null
  txMessage?: string
}

/** Assumption: amounts are pesos with two decimals, as those of payments. */
export const payoutDecimals = 2

/**
 * Adds a beneficiary. The call has no number of ours: what was never answered can't be asked about, and sent
 * twice it makes two accounts.
 *
 * @throws GatewayError; `declined` when Mocasa made no account
 */
export async function createAccount(
  client: MocasaClient,
  { businessLicence, ...account }: MocasaNewAccount
): Promise<MocasaAccount> {
  const form = withoutGaps({
    ...account,
    businessLisence: businessLicence, // spelled so on the wire
  })
  const { accountNo, status } = await client.call("createAccount", form, accountData)
  return { accountNo, state: accountState(status), status: status ?? null }
}

/**
 * Sends money. Nothing promises that a serial number sent twice is one transfer.
 *
 * @throws GatewayError; `declined` only where Mocasa says that there is too little or no such payee, see errors.ts
 */
export async function initiateTransfer(
  client: MocasaClient,
  transfer: MocasaNewTransfer
): Promise<MocasaTransfer> {
  const { transferSerialNo } = transfer
  const form = { ...transfer, amount: exactAt(transfer.amount, payoutDecimals) }
  const data = await client.call("initiateTransfer", form, transferData)
  mocasaErrors.requireSame(
    "initiateTransfer",
    "transferSerialNo",
    transferSerialNo,
    data.transferSerialNo
  )
  return transferOf(data)
}

/**
 * @returns undefined where Mocasa says that it knows no such transfer
 * @throws GatewayError
 */
export async function queryTransfer(
  client: MocasaClient,
  transferSerialNo: string
): Promise<MocasaTransfer | undefined> {
  try {
    const data = await client.call("queryTransfer", { transferSerialNo }, transferData)
    mocasaErrors.requireSame(
      "queryTransfer",
      "transferSerialNo",
      transferSerialNo,
      data.transferSerialNo
    )
    return transferOf(data)
  } catch (error) {
    if (error instanceof GatewayUnknownError && error.reason === "unlisted_code") {
      if (saysNoSuchTransfer({ code: error.code, message: error.gatewayMessage })) {
        return undefined
      }
    }
    throw error
  }
}

function transferOf({ txStatus, txMessage }: z.output<typeof transferData>): MocasaTransfer {
  return {
    state: transferState(txStatus),
    txStatus: txStatus ?? null,
    txMessage: txMessage ?? undefined,
  }
}
