//! The JSON Schemas that editors' tools use are those of the program, and every YAML file names its own.

use expect_test::expect_file;

use super::support::root;

#[test]
fn the_schemas_in_docs_are_current() {
    for (name, text) in jaarverslag::schemas() {
        expect_file![root().join(format!("docs/schema/{name}.json"))].assert_eq(&text);
    }
}

#[test]
fn every_yaml_file_names_a_schema_that_exists() {
    let files = ["content", "data"].into_iter().flat_map(|folder| walkdir::WalkDir::new(root().join(folder)));
    let mut seen = 0;
    for entry in files.filter_map(Result::ok).filter(|entry| entry.path().extension().is_some_and(|ending| ending == "yaml")) {
        let text = std::fs::read_to_string(entry.path()).expect("UTF-8");
        let first = text.lines().next().expect("a line");
        let path = first.strip_prefix("# yaml-language-server: $schema=").unwrap_or_else(|| panic!("{}", entry.path().display()));
        assert!(entry.path().parent().expect("a folder").join(path).is_file(), "{path}");
        seen += 1;
    }
    assert!(seen >= 4);
}

#[test]
fn the_schemas_allow_no_unknown_keys_and_say_what_they_are() {
    for (name, text) in jaarverslag::schemas() {
        let schema: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let closed = text.matches("\"additionalProperties\": false").count();
        assert!(closed > 0, "{name} allows any key");
        assert!(schema["description"].as_str().is_some(), "{name} says nothing of itself");
    }
}
