/**
 * What is used of `ibantools`. Its own types say that it is an ES module alone, although it has a build for `require`
 * as well, which is what is loaded.
 */
declare module "ibantools" {
  export enum ValidationErrorsIBAN {
    NoIBANProvided,
    NoIBANCountry,
    WrongBBANLength,
    WrongBBANFormat,
    ChecksumNotNumber,
    WrongIBANChecksum,
    WrongAccountBankBranchChecksum,
    QRIBANNotAllowed,
  }
  export function validateIBAN(iban?: string): {
    errorCodes: ValidationErrorsIBAN[]
    valid: boolean
  }
  export function electronicFormatIBAN(iban?: string): string | null
  export function extractIBAN(iban: string): { valid: boolean; countryCode?: string }
  export function isSEPACountry(countryCode: string): boolean
  export function isValidBIC(bic: string): boolean
}
