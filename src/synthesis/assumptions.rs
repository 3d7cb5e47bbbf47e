//! What is assumed about the work of the centres, and the tree of unions that it describes.
//!
//! `assumptions.csv` has one row a node and measure: a topic, a category, a domain, or a group (`groep:…`) where a published number is the
//! union of only some topics of a category. A node comes after the node it belongs to (`boven`).

use super::tables::{number, numbers, rows};
use super::{FIRST_YEAR, FUNCTIONS, SEGMENTS, Topic, YEARS, school_year};

/// The root of the tree: everyone who had contact with a centre.
pub(super) const ROOT: usize = 0;
/// The two halves of the root, as the table names them.
pub(super) const OFFERED: &str = "aanbodgestuurd";
/// What was asked by pupil, parent or school.
pub(super) const DEMANDED: &str = "vraaggestuurd";

/// The tables that the assumptions stand in, as text. [`Assumptions::built_in`] is the set of this program.
#[derive(Clone, Copy, Debug)]
pub struct Assumptions<'a> {
    /// Pupils, means and interventions of every node and school year.
    pub nodes: &'a str,
    /// Season, kinds of handling and rate in each segment of a topic or of all below a node.
    pub profiles: &'a str,
    /// How often each kind of handling comes first, and how often later.
    pub functions: &'a str,
    /// How busy each month is, per school day.
    pub seasons: &'a str,
}

impl Assumptions<'static> {
    /// The assumptions that the program carries.
    pub const fn built_in() -> Self {
        Self {
            nodes: include_str!("assumptions.csv"),
            profiles: include_str!("profiles.csv"),
            functions: include_str!("functions.csv"),
            seasons: include_str!("seasons.csv"),
        }
    }
}

/// A union of pupils: a topic when it has no children.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub name: String,
    pub parent: Option<usize>,
    pub children: Vec<usize>,
    pub indicators: Vec<String>,
    pub topic: Option<u16>,
    pub pupils: [Option<u64>; YEARS],
    pub interventions: [Option<u64>; YEARS],
    pub mean: [Option<f64>; YEARS],
    pub profile: Option<Profile>,
    /// Offered to everyone rather than asked for.
    pub offered: bool,
}

/// How the registrations of a topic look.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    pub season: usize,
    pub mix: usize,
    /// How often pupils of each segment have it, relative to each other.
    pub rates: [u64; SEGMENTS.len()],
}

/// How often each kind of handling occurs, for the first intervention and for later ones.
#[derive(Clone, Debug)]
pub(super) struct Mix {
    pub name: String,
    pub first: [u64; FUNCTIONS.len()],
    pub later: [u64; FUNCTIONS.len()],
}

/// The weight of a school day in each month, September first. `year` is empty for the usual course.
#[derive(Clone, Debug)]
pub(super) struct Season {
    pub name: String,
    pub year: Option<u16>,
    pub months: [u64; 12],
}

/// Everything the tables say. Nodes stand behind their parents.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    pub nodes: Vec<Node>,
    pub mixes: Vec<Mix>,
    pub seasons: Vec<Season>,
}

impl Tree {
    pub fn read(tables: &Assumptions, topics: &[Topic]) -> Result<Self, String> {
        let mut tree = Self { nodes: Vec::new(), mixes: mixes(tables.functions)?, seasons: seasons(tables.seasons)? };
        for row in rows("assumptions.csv", tables.nodes)? {
            tree.add(&row, topics)?;
        }
        for row in rows("profiles.csv", tables.profiles)? {
            tree.add_profile(&row)?;
        }
        tree.inherit_profiles();
        tree.check(topics)?;
        Ok(tree)
    }

    pub fn find(&self, name: &str) -> Option<usize> {
        self.nodes.iter().position(|node| node.name == name)
    }

    fn add(&mut self, row: &[&str], topics: &[Topic]) -> Result<(), String> {
        let at = match self.find(row[0]) {
            Some(at) => at,
            None => self.add_node(row[0], row[1], topics)?,
        };
        let node = &mut self.nodes[at];
        node.indicators.extend(row[2].split_whitespace().map(str::to_owned));
        for (year, cell) in row[4..4 + YEARS].iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            match row[3] {
                "leerlingen" => node.pupils[year] = Some(number(row[0], cell)?),
                "interventies" => node.interventions[year] = Some(number(row[0], cell)?),
                "gemiddelde" => node.mean[year] = Some(cell.parse().map_err(|_| format!("{}: «{cell}» is geen gemiddelde", row[0]))?),
                other => return Err(format!("{}: onbekende maat «{other}»", row[0])),
            }
        }
        Ok(())
    }

    fn add_node(&mut self, name: &str, above: &str, topics: &[Topic]) -> Result<usize, String> {
        let parent = if self.nodes.is_empty() {
            None
        } else {
            Some(self.find(above).ok_or_else(|| format!("{name}: «{above}» staat niet hoger in de tabel"))?)
        };
        let at = self.nodes.len();
        let offered = name == OFFERED || parent.is_some_and(|up| self.nodes[up].offered);
        let topic = topics.iter().position(|topic| topic.code == name).map(|at| at as u16);
        if let Some(up) = parent {
            self.nodes[up].children.push(at);
        }
        self.nodes.push(Node {
            name: name.to_owned(),
            parent,
            children: Vec::new(),
            indicators: Vec::new(),
            topic,
            pupils: [None; YEARS],
            interventions: [None; YEARS],
            mean: [None; YEARS],
            profile: None,
            offered,
        });
        Ok(at)
    }

    fn add_profile(&mut self, row: &[&str]) -> Result<(), String> {
        let node = self.find(row[0]).ok_or_else(|| format!("profiles.csv: «{}» is geen knoop", row[0]))?;
        let season = self.seasons.iter().position(|season| season.name == row[1]);
        let mix = self.mixes.iter().position(|mix| mix.name == row[2]);
        let (Some(season), Some(mix)) = (season, mix) else {
            return Err(format!("profiles.csv, {}: onbekend seizoen «{}» of onbekende functies «{}»", row[0], row[1], row[2]));
        };
        self.nodes[node].profile = Some(Profile { season, mix, rates: numbers(row[0], &row[3..])? });
        Ok(())
    }

    fn inherit_profiles(&mut self) {
        for at in 0..self.nodes.len() {
            if let (None, Some(up)) = (&self.nodes[at].profile, self.nodes[at].parent) {
                self.nodes[at].profile = self.nodes[up].profile.clone();
            }
        }
    }

    fn check(&self, topics: &[Topic]) -> Result<(), String> {
        if self.nodes.len() > usize::from(u16::MAX) || self.find(OFFERED).is_none() || self.find(DEMANDED).is_none() {
            return Err(format!("assumptions.csv mist «{OFFERED}» of «{DEMANDED}»"));
        }
        if let Some(topic) = topics.iter().find(|topic| self.find(&topic.code).is_none()) {
            return Err(format!("assumptions.csv heeft geen rij voor het onderwerp «{}»", topic.code));
        }
        self.nodes.iter().try_for_each(|node| self.check_node(node, topics))
    }

    fn check_node(&self, node: &Node, topics: &[Topic]) -> Result<(), String> {
        let name = &node.name;
        match (node.topic, node.children.is_empty()) {
            (None, true) => return Err(format!("assumptions.csv: «{name}» is geen onderwerp en heeft er geen onder zich")),
            (Some(_), false) => return Err(format!("assumptions.csv: «{name}» is een onderwerp en heeft er toch onder zich")),
            (None, false) => return Ok(()),
            (Some(topic), true) => self.check_topic(node, &topics[usize::from(topic)])?,
        }
        match &node.profile {
            Some(profile) if profile.rates.iter().any(|&rate| rate > 0) => Ok(()),
            _ => Err(format!("profiles.csv heeft geen bruikbare rij voor «{name}» of wat erboven staat")),
        }
    }

    fn check_topic(&self, node: &Node, topic: &Topic) -> Result<(), String> {
        let mut above = node.parent;
        while let Some(up) = above.filter(|&up| self.nodes[up].name != topic.category) {
            above = self.nodes[up].parent;
        }
        if above.is_none() {
            return Err(format!("assumptions.csv: «{}» staat niet onder zijn categorie «{}»", topic.code, topic.category));
        }
        for (at, _) in node.pupils.iter().enumerate().filter(|(_, pupils)| pupils.is_some_and(|count| count > 0)) {
            let year = FIRST_YEAR + at as u16;
            if !(topic.from..=topic.until).contains(&year) {
                return Err(format!("assumptions.csv: «{}» heeft leerlingen in {}, maar geldt dan niet", topic.code, school_year(year)));
            }
        }
        Ok(())
    }
}

fn mixes(text: &str) -> Result<Vec<Mix>, String> {
    let table = rows("functions.csv", text)?;
    table.chunks(2).map(|pair| mix(pair).ok_or("functions.csv: elke naam heeft een rij «eerste» en dan een rij «volgende»")?).collect()
}

fn mix(pair: &[Vec<&str>]) -> Option<Result<Mix, String>> {
    let [first, later] = pair else { return None };
    let fits = first[0] == later[0] && first[1] == "eerste" && later[1] == "volgende";
    fits.then(|| Ok(Mix { name: first[0].to_owned(), first: numbers(first[0], &first[2..])?, later: numbers(later[0], &later[2..])? }))
}

fn seasons(text: &str) -> Result<Vec<Season>, String> {
    rows("seasons.csv", text)?.iter().map(|row| season(row)).collect()
}

fn season(row: &[&str]) -> Result<Season, String> {
    let year = match row[1] {
        "alle" => None,
        year => {
            Some(year.get(..4).and_then(|first| first.parse().ok()).ok_or_else(|| format!("seasons.csv: «{year}» is geen schooljaar"))?)
        }
    };
    Ok(Season { name: row[0].to_owned(), year, months: numbers(row[0], &row[2..])? })
}
