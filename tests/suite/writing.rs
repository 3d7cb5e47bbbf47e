//! What was there survives every failure.

use super::support::Copy;

const PDF: &str = "out/2024-2025/jaarverslag.pdf";

#[test]
fn a_fault_leaves_yesterdays_report() {
    let project = Copy::of_basis();
    project.run("data seal 2024-2025").good();
    project.run("build 2024-2025").good();
    let before = project.read(PDF);
    project.write("content/2024-2025/verslag.yaml", "titel: [");
    let run = project.run("build 2024-2025");
    assert_eq!(run.status, 1);
    assert!(project.read(PDF) == before, "the report changed");
    let left = std::fs::read_dir(project.file("out/2024-2025")).expect("the folder").count();
    assert_eq!(left, 2, "something else was left in the folder");
}

#[test]
fn a_changed_table_stops_a_final_until_it_is_sealed_again() {
    let project = Copy::of_basis();
    project.run("data seal 2024-2025").good();
    project.run("build 2024-2025").good();
    let mut table = project.read("data/2024-2025/waarnemingen.csv");
    let last = table.iter().rposition(|byte| *byte == b'\n').expect("a line") + 1;
    let row = String::from_utf8(table.clone()).expect("UTF-8").lines().last().expect("a row").to_owned();
    let year: String = row.split(',').nth(2).expect("a period").to_owned();
    table.truncate(last);
    table.extend(row.replacen(&year, if year.contains('-') { "2003-2004" } else { "2003" }, 1).into_bytes());
    table.push(b'\n');
    project.write("data/2024-2025/waarnemingen.csv", table);
    assert_eq!(project.run("check 2024-2025").status, 0, "a warning in check");
    assert_eq!(project.run("build 2024-2025 --draft").status, 0, "a warning in a draft");
    let run = project.run("build 2024-2025");
    assert!(run.status == 1 && run.stderr.contains("gegevens.zegel"), "{}", run.stderr);
    project.run("data seal 2024-2025").good();
    project.run("build 2024-2025").good();
}

#[test]
fn wrong_usage_is_explained_in_dutch() {
    let project = Copy::of_basis();
    for (arguments, words) in [
        ("", "Er ontbreekt een opdracht"),
        ("buidl 2024-2025", "bestaat niet"),
        ("build", "Er ontbreekt"),
        ("build 2024-2025 --darft", "niet bekend"),
        ("figures 2024-2025 --format xml", "geen waarde"),
    ] {
        let run = project.run(arguments);
        assert_eq!(run.status, 2, "{arguments}: {}", run.stderr);
        assert!(run.stderr.contains(words), "{arguments}: {}", run.stderr);
    }
}

#[test]
fn messages_are_there_for_other_programs_too() {
    let project = Copy::of_basis();
    project.replace("content/2024-2025/verslag.yaml", "titel:", "titl:");
    let run = project.run("check 2024-2025 --format json");
    let told: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let first = told["messages"].as_array().expect("a list").iter().find(|message| message["severity"] == "fout").expect("an error");
    assert_eq!(run.status, 1);
    assert_eq!(first["file"], "content/2024-2025/verslag.yaml");
    assert!(first["line"].as_u64().is_some() && first["help"].as_str().is_some_and(|help| !help.is_empty()), "{first}");
}

/// A disk of one mebibyte that is full: only where the test may mount one.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_yesterdays_report() {
    let project = Copy::of_basis();
    project.run("data seal 2024-2025").good();
    let out = project.file("out");
    std::fs::create_dir_all(&out).expect("a folder");
    let mount = std::process::Command::new("mount").args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"]).arg(&out).output();
    if !mount.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: this user may not mount a small disk");
        return;
    }
    project.run("build 2024-2025").good();
    let before = project.read(PDF);
    // Fill what is left, but for a few pages.
    let mut filled = 0;
    while std::fs::write(out.join(format!("vol-{filled}")), vec![0; 16 * 1024]).is_ok() {
        filled += 1;
    }
    let run = project.run("build 2024-2025");
    let after = project.read(PDF);
    let _ = std::process::Command::new("umount").arg(&out).status();
    assert!(run.status == 1 && run.stderr.contains("de schijf is vol"), "{}", run.stderr);
    assert!(before == after, "the report changed");
}
