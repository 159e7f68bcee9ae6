//! One JSON document a line: the grade without its cases, each case, the end.

use serde_json::{Map, Value, json};

use crate::escape::clean_json;
use crate::wire::WireGrade;

pub(crate) fn write(grade: &WireGrade) -> String {
    let mut head = typed("grade", serde_json::to_value(grade).unwrap_or_default());
    head.remove("cases");
    let mut lines = vec![head];
    let case = |case| typed("case", serde_json::to_value(case).unwrap_or_default());
    lines.extend(grade.cases.iter().map(case));
    let end = json!({ "score": grade.score, "summary": grade.summary, "hidden": grade.hidden });
    lines.push(typed("end", end));
    let line = |line| clean_json(&Value::Object(line).to_string()) + "\n";
    lines.into_iter().map(line).collect()
}

fn typed(kind: &str, value: Value) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("type".into(), kind.into());
    if let Value::Object(fields) = value {
        map.extend(fields);
    }
    map
}
