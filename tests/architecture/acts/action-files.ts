import ts from "typescript";
import { isServerAction, parse, sourceFiles } from "../imports.ts";

/** Every file of server actions, with its folder in app without the groups in brackets. */
export function actionFiles(): { file: string; folder: string; names: string[] }[] {
  return sourceFiles("app")
    .filter((file) => isServerAction(parse(file)))
    .map((file) => ({ file, folder: folderOf(file), names: exportedBy(parse(file)) }));
}

function folderOf(file: string): string {
  const parts = file.split("/").slice(1, -1);
  return parts.filter((part) => !part.startsWith("(")).join("/");
}

function exportedBy(source: ts.SourceFile): string[] {
  return source.statements.flatMap((each) => {
    if (!isExported(each)) return [];
    if (ts.isFunctionDeclaration(each)) return [each.name!.text];
    if (!ts.isVariableStatement(each)) return [];
    return each.declarationList.declarations.map(({ name }) => name.getText(source));
  });
}

export function isExported(node: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}
