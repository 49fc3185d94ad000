"""Given names that say by themselves whether somebody is "he" or "she", in the languages most stories are told in.

Names that both bear are left out. What a story says of somebody outweighs this.
"""

from __future__ import annotations

from remnant.understand.voices.verbs import words

OF_HIM = words(
    "Aaron Abel Abraham Adam Adrian Aidan Alan Alastair Albert Alec Alexander Alfie Alfred Allan Allen Alvin "
    "Ambrose Amos Anakin Andre Andrew Angus Anthony Antoine Anton Antonio Archie Arnold Arthur Ben Benedict "
    "Benjamin Bernard Bert Bill Billy Bob Boris Brad Bram Brendan Brian Bruce Bruno Bryan Carl Carlos Cecil Cedric "
    "Charles Christian Christopher Clark Claude Clive Colin Connor Craig Curtis Cyril Damian Daniel Danny Darren "
    "Dave David Dean Dennis Derek Dick Dmitri Dominic Don Donald Doug Douglas Draco Duncan Dylan Earl Ed Eddie "
    "Edgar Edmund Edward Edwin Eli Elijah Elliot Emil Enrique Eric Erik Ernest Ethan Eugene Evan Felix Ferdinand "
    "Fergus Fernando Fox Francisco Frank Franz Fred Freddie Freddy Frederick Frodo Gandalf Gareth Gary Gavin "
    "Geoffrey George Gerald Gerard Gideon Gilbert Giles Godfrey Gordon Graham Greg Gregory Gus Guy Hans Harold "
    "Harry Hector Hein Heinrich Henri Henry Herbert Herman Horace Howard Hugh Hugo Humphrey Ian Ianto Isaac Ivan "
    "Jack Jacob Jacques Jake James Jared Jason Jasper Jean-Luc Jeff Jeffrey Jens Jeremiah Jeremy Jerome Jerry Jesus "
    "Jim Jimmy Jock Joe Joel Johan Johann John Johnny Jon Jonah Jonas Jonathan Jorge Jose Joseph Josh Joshua Juan "
    "Julian Julius Karl Keith Ken Kenneth Kevin Klaus Kurt Kyle Lars Laurence Lawrence Legolas Leo Leon Leonard "
    "Leopold Lionel Louis Luca Lucas Lucius Ludwig Luigi Luis Lukas Luke Magnus Malcolm Marc Marcel Marco Marcus "
    "Mario Mark Martin Matt Matthew Maurice Max Maxwell Merlin Michael Miguel Mike Miles Mohammed Mortimer Moses "
    "Mulder Nathan Nathaniel Ned Neil Neville Nicholas Nick Nigel Noah Norman Oliver Oscar Otto Owen Patrick Paul "
    "Pedro Percy Perry Peter Phil Philip Pierre Pippin Ralph Ramon Raymond Reggie Reginald Remus Rhys Richard Rick "
    "Robert Roderick Rodney Roger Roland Roman Ron Ronald Ronnie Ronny Rory Roy Rufus Rupert Russell Ryan Samuel "
    "Samwise Scott Sean Sebastian Seth Severus Seymour Sherlock Sidney Silas Simon Sirius Solomon Spencer Spock "
    "Stanley Stefan Stephen Steve Steven Stuart Sven Ted Teddy Terence Theodore Thomas Thor Tim Timothy Tobias Todd "
    "Tom Tommy Tony Trevor Tristan Victor Vincent Vladimir Walter Wesley Wilfred Wilhelm William Willie Wolfgang "
    "Xander Zachary"
)
OF_HER = words(
    "Abigail Ada Adela Adelaide Adele Agatha Agnes Alexandra Alice Alicia Alison Amanda Amelia Amy Anastasia Andrea "
    "Angela Angelina Anita Ann Anna Annabel Anne Annette Annie Antonia April Ariadne Arwen Audrey Augusta Ava "
    "Barbara Beatrice Becky Belinda Bella Bernadette Bertha Bess Betsy Betty Beverly Bianca Bonnie Brenda Bridget "
    "Brigitte Buffy Camilla Carla Carmen Carol Carolina Caroline Cassandra Catherine Cecilia Cecily Celia Charlotte "
    "Cherry Chloe Christina Christine Clara Clarissa Claudia Cleopatra Constance Cordelia Cornelia Cynthia Daisy "
    "Daphne Deanna Deborah Deirdre Delia Delilah Denise Diana Diane Dolores Donna Dora Doreen Doris Dorothea "
    "Dorothy Edith Edna Effie Eileen Elaine Eleanor Elena Elinor Eliza Elizabeth Ella Ellen Elsa Elsie Emily Emma "
    "Erica Esme Esmeralda Estella Esther Ethel Eugenia Eunice Eva Evangeline Eve Fanny Felicia Felicity Fiona Flora "
    "Florence Frieda Gabrielle Gemma Georgia Georgiana Gertrude Gina Ginny Giulia Gladys Gloria Grace Greta "
    "Guinevere Gwen Gwendolen Hannah Harriet Hazel Heather Heidi Helen Helena Helga Henrietta Hermione Hester Hilda "
    "Ida Imogen Ingrid Irene Iris Irma Isabel Isabella Isobel Ivy Jackie Jane Janet Janice Jasmine Jeanne Jemima "
    "Jennifer Jenny Jessica Jill Joan Joanna Josephine Joyce Juanita Judith Judy Julia Juliana Julie Juliet June "
    "Kaitlyn Karen Kate Katharine Katherine Kathleen Kathryn Katie Kitty Kristen Lara Laura Lavinia Leah Leia Lena "
    "Lilian Lillian Lily Linda Lisa Lizzie Lois Lorna Lottie Louisa Louise Lucia Lucille Lucinda Lucy Luna Lydia "
    "Mabel Madeleine Maggie Maisie Mandy Marcella Margaret Margot Maria Marian Marianne Marie Marilla Marina "
    "Marjorie Martha Mary Matilda Maud Maude May Meg Melanie Melissa Mercedes Mildred Millie Milly Mimi Mina "
    "Minerva Minnie Miranda Miriam Moira Mollie Molly Mona Monica Morgana Muriel Nadia Nan Nancy Naomi Natalie "
    "Natasha Nell Nellie Nelly Nicole Nina Nora Odile Olga Olive Olivia Ophelia Pamela Patience Patricia Patty "
    "Paula Pauline Penelope Penny Petra Petunia Philippa Phoebe Phyllis Polly Priscilla Prudence Rachel Ramona "
    "Rebecca Regina Rhoda Rita Roberta Rosa Rosalie Rosalind Rose Rosemary Rosie Roxanne Ruby Ruth Sabrina Sally "
    "Samantha Sandra Sara Sarah Scarlett Selina Sharon Sheila Shirley Sibyl Sophia Sophie Stacy Stella Stephanie "
    "Sue Susan Susanna Susie Suzanne Sybil Sylvia Tabitha Tamara Tanya Tara Teresa Tess Thelma Theresa Tilly Tina "
    "Toshiko Tracey Trixie Uhura Una Ursula Valerie Vanessa Vera Veronica Victoria Viola Violet Virginia Vivien "
    "Wanda Wendy Wilhelmina Willow Winifred Winnie Yvonne Zelda Zoe"
)
