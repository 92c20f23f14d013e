import { describe, expect, test } from "vitest";
import { harmless } from "#lib/operations/scores/csv/formulas.ts";
import { readScoreCsv } from "#lib/operations/scores/csv/read-score-csv.ts";

const problemsOf = (csv: string) =>
  readScoreCsv(csv).problems.map(({ line, column, message }) => `${line} ${column}: ${message}`);

describe("readScoreCsv", () => {
  test.each(["=1+1", "-17", "@u", "+u", "u", "'u"])("reads user ID %s back", (userId) => {
    const { rows } = readScoreCsv(`user_id,score\n${harmless(userId)},1\n`);
    expect(rows.map(({ score }) => score.userId)).toEqual([userId]);
  });

  test.each([
    ["commas", "user_id,score,comment\nu1,7.5,fine\n"],
    ["semicolons", "user_id;score;comment\nu1;7.5;fine\n"],
    ["tabs", "user_id\tscore\tcomment\nu1\t7.5\tfine\n"],
    ["a byte order mark", "\uFEFFuser_id,score,comment\r\nu1,7.5,fine\r\n"],
    ["other names of the columns", '"User ID",Score Given,Feedback\nu1,7.5,fine'],
    [
      "blanks around values and blank lines",
      "\n user_id , score , comment \n\n u1 , 7.5 , fine \n\n",
    ],
    ["cells too many that are empty", "user_id,score,comment\nu1,7.5,fine,,\n"],
  ])("reads a file with %s", (_what, csv) => {
    const read = readScoreCsv(csv);
    expect(read.problems).toEqual([]);
    expect(read.lines).toBe(1);
    expect(read.rows.map(({ score }) => score)).toEqual([
      {
        userId: "u1",
        scoreGiven: 7.5,
        scoreMaximum: undefined,
        activityProgress: "Completed",
        gradingProgress: "FullyGraded",
        comment: "fine",
      },
    ]);
  });

  test("reads every column and names those it does not know", () => {
    const read = readScoreCsv(
      "name,userId,score,Maximum,activity_progress,gradingProgress\nAda,u1,3,4,submitted,PENDINGMANUAL",
    );
    expect(read.columns).toEqual([
      "userId",
      "score",
      "Maximum",
      "activity_progress",
      "gradingProgress",
    ]);
    expect(read.ignoredColumns).toEqual(["name"]);
    expect(read.rows[0]?.score).toMatchObject({
      scoreMaximum: 4,
      activityProgress: "Submitted",
      gradingProgress: "PendingManual",
    });
  });

  test("counts lines of the file, also after quoted line breaks and blank lines", () => {
    const csv = 'user_id,score,comment\nu1,1,"two\nlines"\n\nu2,2,x\nu3,bad,y\n';
    const read = readScoreCsv(csv);
    expect(read.rows.map(({ line }) => line)).toEqual([2, 5]);
    expect(read.rows[0]?.score.comment).toBe("two\nlines");
    expect(read.problems).toMatchObject([{ line: 6, column: "score" }]);
  });

  test("reports every problem by line and column, and keeps the rows that are right", () => {
    const csv = [
      "user_id,score,maximum,grading_progress",
      "u1,-1,10,",
      ",5,10,",
      "u3,5,0,",
      "u4,5,10,Done",
      "u5,,10,",
      "u6,five,10,",
      "u7,5,10,FullyGraded",
      `u8,${"9".repeat(400)},10,`,
    ].join("\n");
    expect(problemsOf(csv)).toEqual([
      "2 score: must not be negative (AGS 2.0 §3.4.5)",
      "3 user_id: is empty",
      "4 maximum: must be more than 0 (AGS 2.0 §3.4.6)",
      "5 grading_progress: must be one of FullyGraded, Pending, PendingManual, Failed, NotReady",
      "6 score: is empty; to take a score back, give grading_progress as NotReady",
      "7 score: is not a number: five",
      `9 score: is not a number: ${"9".repeat(40)}`,
    ]);
    expect(readScoreCsv(csv).rows.map(({ score }) => score.userId)).toEqual(["u7"]);
  });

  test("does not take a score with a decimal comma for another one", () => {
    const csv = "user_id,name,score,comment\nu1,Ann,87,5,\nu2,Bob,87,well done,\nu3,Cid,87,5";
    expect(problemsOf(csv)).toEqual([
      "2 : has 5 values for 4 columns; is a comma used as the decimal sign?",
    ]);
  });

  test("takes a score back where the row says so [AGS 2.0 §3.4.5]", () => {
    const [row] = readScoreCsv("user_id,score,grading_progress\nu1,,NotReady").rows;
    expect(row?.score).toMatchObject({ scoreGiven: null, gradingProgress: "NotReady" });
  });

  test("refuses a decimal comma with what to write instead", () => {
    expect(problemsOf("user_id;score\nu1;7,5")).toEqual([
      "2 score: must have a decimal point: 7.5 instead of 7,5",
    ]);
    expect(problemsOf("user_id,score\nu1,7,5")).toEqual([
      "2 : has 3 values for 2 columns; is a comma used as the decimal sign?",
    ]);
  });

  test("flags a person who is listed twice, naming the first line", () => {
    expect(problemsOf("user_id,score\nu1,1\nu2,2\nu1,3")).toEqual([
      "4 user_id: u1 is listed already on line 2",
    ]);
  });

  test.each([
    ["nothing", "", "1 : the file is empty"],
    [
      "no score column",
      "user_id,name\nu1,Ada",
      "1 score: is missing: the first line names the columns",
    ],
    ["a column twice", "user_id,score,points\nu1,1,2", "1 points: means the same as score"],
    ["an open quote", 'user_id,score\nu1,"1', "2 : a quotation mark is opened and never closed"],
  ])("refuses a file with %s", (_what, csv, problem) => {
    expect(problemsOf(csv)).toEqual([problem]);
    expect(readScoreCsv(csv).rows).toEqual([]);
  });

  test("refuses more than 50,000 rows", () => {
    const rows = (count: number) =>
      `user_id,score\n${Array.from({ length: count }, (_, index) => `u${index},1`).join("\n")}`;
    expect(readScoreCsv(rows(50_000)).rows).toHaveLength(50_000);
    expect(problemsOf(rows(50_001))).toEqual(["50002 : the file has more than 50000 rows"]);
    // What stands behind is not read: the quotation mark that is never closed is not found.
    expect(problemsOf(`${rows(60_000)}\n"open`)).toEqual([
      "50002 : the file has more than 50000 rows",
    ]);
    expect(problemsOf("\n,".repeat(60_000))).toEqual(["50001 : has more than 50000 empty rows"]);
  });
});
