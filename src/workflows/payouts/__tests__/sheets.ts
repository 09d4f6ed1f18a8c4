/**
 * Sheets as Excel writes them in the shops' countries, written for these tests; the same kinds of faults as in the
 * samples beside the repository.
 */

/** Croatia: UTF-8 with a byte order mark, CRLF, semicolons, decimal commas, Croatian headings. */
export const croatia = [
  "\ufeffŠifra primatelja;Naziv primatelja;Broj računa;Iznos;Valuta;Svrha plaćanja;Ključ",
  "poben_1;Žarko Đurđević;HR12 1001 0051 8630 0016 0;12.345,60;EUR;Provizija – srpanj;2026-07-1",
  "poben_2;Ana Šimić;;75,5;EUR;Povrat; dostava;2026-07-2",
  'poben_3;Obrt ""Škrinja"";;0,05;EUR;"Bonus ""Rijeka""; ljeto";2026-07-3',
  "poben_4;Luka Ćosić;;2.500;EUR;Provizija;2026-07-4",
  ";;;;;;",
  "",
].join("\r\n")

/** Pakistan: no byte order mark, commas, what Excel makes of wallets' numbers, empty columns at the end. */
export const pakistan = [
  "Payee ID,Payee name,Account number,Amount,Currency,Description,,,",
  "poben_1,Hamza Khan,03121112223,90.000,PKR,Commission July,,,",
  "poben_2,Sana Malik,3.12111E+09,1200,PKR,Commission July,,,",
  'poben_3,Omar Baig,03121112225,"85,750",PKR,Commission July,,,',
  'poben_4,Hira Shah,="03121112226",640.25,PKR,Refund,,,',
  "poben_5,محمد\u200cعلی,\u0660\u0663\u0661\u06621112227,640.25,PKR,Refund,,,",
  "poben_6,محمد\u200cعلی,0312\ufe0d1112228,640.25,PKR,Refund,,,",
  "poben_7,محمد\u200cعلی,'+923121112229,640.25,PKR,تنخواہ\u200cجولائی,,,",
  ",,,,,,,,",
].join("\r\n")

/** The Philippines: both forms of ñ, quoted commas, no-break spaces, a peso sign, and no last optional cell. */
export const philippines = [
  "beneficiary_id,beneficiary_name,amount,currency_code,purpose,idempotency_key",
  'poben_1,"Ibañez, Ma. Luz",400.75,PHP,"Komisyon, Hulyo",k1',
  "poben_2,Pen\u0303aflor\u00a0Jr.\u00a0,\u00a01250.00\u00a0,PHP,Komisyon\u00a0Hulyo",
  'poben_3,D\u2019Souza-Nuñez,"2,400.00",PHP,Bonus,k3',
  "poben_4,Reyes,₱99.00,PHP,Bonus,k4",
].join("\n")

/** Cambodia: Khmer words with U+200B, Khmer digits, riel with decimals, zeros in front of accounts; tabs, as "Unicode text". */
export const cambodia = [
  "beneficiary_id\tbeneficiary_name\taccount_number\tamount\tcurrency_code\tpurpose",
  "poben_1\tលី\u200b សុភ័ក្ត្រ\t000765432\t52000\tKHR\tកម្រៃ\u200bជើងសា",
  "poben_2\tកែវ វណ្ណា\t000765433\t៥២០០០\tKHR\tកម្រៃ",
  "poben_3\tCHEA RITHY\t765434.0\t25.50\tUSD\tBonus",
  "poben_4\tCHEA MONY\t000765435\t52000.00\tKHR\tBonus",
].join("\r\n")
